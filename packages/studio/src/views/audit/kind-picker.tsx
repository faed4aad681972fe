import type { AuditKind } from '@inspector/contract';
import { Dialog, DialogTrigger, Header, ListBox, ListBoxItem, ListBoxSection, Popover } from 'react-aria-components';
import { Button, Icon } from '#design/index.ts';
import { kindGroups, kindName } from './kind-looks.ts';

export interface KindPickerProps {
  kinds: readonly AuditKind[];
  onChange(kinds: readonly AuditKind[]): void;
}

/** Any number of kinds; none chosen means all of them. */
export function KindPicker({ kinds, onChange }: KindPickerProps) {
  const [first] = kinds;
  const text = first === undefined ? 'All kinds' : kinds.length === 1 ? kindName(first) : `${kinds.length} kinds`;
  return (
    <DialogTrigger>
      <Button icon="filter" aria-label={`Kinds: ${text}`}>
        <span className="audit-kinds-text">{text}</span>
      </Button>
      <Popover className="popover audit-kinds" placement="bottom start">
        <Dialog className="audit-kinds-dialog" aria-label="Kinds of records">
          <ListBox
            className="audit-kinds-list"
            aria-label="Kinds of records"
            selectionMode="multiple"
            selectedKeys={kinds}
            onSelectionChange={(keys) => onChange(keys === 'all' ? [] : ([...keys] as AuditKind[]))}
          >
            {kindGroups.map((group) => (
              <ListBoxSection key={group.title}>
                <Header className="audit-kinds-group">
                  <Icon name={group.icon} size={12} /> {group.title}
                </Header>
                {group.kinds.map((kind) => (
                  <ListBoxItem className="audit-kinds-item" id={kind} key={kind} textValue={kindName(kind)}>
                    {({ isSelected }) => (
                      <>
                        <span className="audit-kinds-mark">{isSelected && <Icon name="check" size={12} />}</span>
                        {kindName(kind)}
                      </>
                    )}
                  </ListBoxItem>
                ))}
              </ListBoxSection>
            ))}
          </ListBox>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
