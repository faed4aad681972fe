import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';

export interface DialogProps {
  isOpen: boolean;
  /** Asked by the close button and Escape; a click beside it closes only when `isDismissable`. */
  onClose(): void;
  title: ReactNode;
  size?: 'normal' | 'wide' | 'side';
  isDismissable?: boolean;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  children: ReactNode;
}

/** Above the page, with the focus kept inside and given back when it closes. `side` is a sheet at the right edge. */
export function Dialog({ isOpen, onClose, title, size = 'normal', isDismissable, actions, children }: DialogProps) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={isDismissable ?? size === 'side'}
    >
      <Modal className={`dialog-frame is-${size}`}>
        <AriaDialog className="dialog">
          <header className="dialog-head">
            <Heading slot="title" level={2} className="dialog-title">
              {title}
            </Heading>
            <Button kind="quiet" size="small" icon="close" aria-label="Close" onPress={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {actions !== undefined && <footer className="dialog-actions">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
