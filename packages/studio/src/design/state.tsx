import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

interface EmptyStateProps {
  icon?: IconName;
  title: string;
  /** Why it is empty and what would fill it. */
  children?: ReactNode;
}

/** Nothing to show, and that is no fault. */
export function EmptyState({ icon = 'info', title, children }: EmptyStateProps) {
  return (
    <div className="state">
      <Icon name={icon} />
      <p className="state-title">{title}</p>
      {children !== undefined && <p className="state-text">{children}</p>}
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  /** What could not be done: "The positions cannot be read". */
  title: string;
  onRetry?: () => void;
}

/** A call that failed: what, why, its code, and what can be done. */
export function ErrorState({ error, title, onRetry }: ErrorStateProps) {
  return (
    <div className="state tone-bad" role="alert">
      <Icon name="warn" />
      <p className="state-title">{title}</p>
      <p className="state-text">
        {error instanceof Error ? error.message : String(error)} {hasCode(error) && <code>{error.code}</code>}
      </p>
      {onRetry !== undefined && (
        <Button size="small" icon="refresh" onPress={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Where an error comes from is not this room's to know: what has a code shows it. */
const hasCode = (error: unknown): error is { code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';

/** The place of something that is on its way, at the size that it will have. Says so only after a moment. */
export function Waiting({ height = 96, label = 'Loading' }: { height?: number | string; label?: string }) {
  return (
    <div className="skeleton" style={{ height }} role="status">
      <span className="visually-hidden">{label} …</span>
    </div>
  );
}
