import { useEffect, useRef } from 'react';
import { Button, Icon } from '#design/index.ts';
import { useForm } from './form-context.ts';

interface EditorHeadProps {
  search: string;
  onSearch(search: string): void;
  found: number;
  changedOnly: boolean;
  onChangedOnly(changedOnly: boolean): void;
  onHistory(): void;
  /** Set for somebody who may only read. */
  readerRole: string | null;
}

/** Search, version, history, and whether this role may change anything. */
export function EditorHead(props: EditorHeadProps) {
  const { search, onSearch, found, changedOnly, onChangedOnly, onHistory, readerRole } = props;
  const { edit } = useForm();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, textarea, select, [role="dialog"]');
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <header className="options-head">
      <div className="options-search">
        <Icon name="search" size={14} />
        <input
          ref={input}
          className="field-input"
          type="search"
          value={search}
          placeholder="Search options  ( / )"
          aria-label="Search options"
          spellCheck={false}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onSearch('');
          }}
        />
        <span className="options-found faint" role="status">
          {search === '' ? '' : `${found} ${found === 1 ? 'field' : 'fields'}`}
        </span>
      </div>
      <button
        type="button"
        className="options-toggle"
        aria-pressed={changedOnly}
        onClick={() => onChangedOnly(!changedOnly)}
      >
        Changed <span className="number">{edit.changes.length}</span>
      </button>
      <p className="options-version">
        <span className="faint">In force</span> version <span className="number">{edit.running.version}</span>
      </p>
      <Button icon="history" onPress={onHistory}>
        History
      </Button>
      {readerRole !== null && (
        <p className="options-reader">
          <Icon name="lock" size={13} /> Read only: options are changed by an admin, you are {readerRole}.
        </p>
      )}
    </header>
  );
}
