import { type FormEvent, useId, useState } from 'react';
import { Button } from '#design/button.tsx';

interface TokenFormProps {
  refused: boolean;
  onEnter(token: string): void;
}

/** Asks for the token; it is kept for this tab only. */
export function TokenForm({ refused, onEnter }: TokenFormProps) {
  const [token, setToken] = useState('');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() !== '') onEnter(token);
  };
  return (
    <form className="token-form" onSubmit={submit}>
      <label className="token-form-label" htmlFor={id}>
        Access token
      </label>
      <div className="token-form-row">
        <input
          id={id}
          className="field-input"
          type="password"
          autoComplete="off"
          spellCheck={false}
          // The form is all that is on the page.
          // biome-ignore lint/a11y/noAutofocus: there is nothing before it
          autoFocus
          value={token}
          aria-describedby={`${id}-help`}
          aria-invalid={refused}
          onChange={(event) => setToken(event.target.value)}
        />
        <Button kind="primary" type="submit" isDisabled={token.trim() === ''}>
          Open
        </Button>
      </div>
      <p
        id={`${id}-help`}
        className={refused ? 'token-form-help is-bad' : 'token-form-help'}
        role={refused ? 'alert' : undefined}
      >
        {refused
          ? 'That token is not accepted here, or not any more. Enter the one in force.'
          : 'The program printed an address with the token when it started. The token stays in this tab and is forgotten with it.'}
      </p>
    </form>
  );
}
