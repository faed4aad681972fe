import { useStore } from '#stores/store.ts';
import { createValueStore } from '#stores/value-store.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { type Tone, toneClass } from './tone.ts';

/** More at once would cover the page; the oldest goes. */
const TOASTS_LIMIT = 4;
/** What is bad stays until it is closed. */
const SHOWN_MS = 6_000;

interface Toast {
  id: number;
  tone: Tone;
  title: string;
  text: string | undefined;
}

const store = createValueStore<readonly Toast[]>([]);
let lastId = 0;

/** Says that something happened. `tone: 'bad'` stays until somebody closes it. */
export function showToast({ tone = 'accent', title, text }: { tone?: Tone; title: string; text?: string }): void {
  lastId += 1;
  const id = lastId;
  store.set([...store.get(), { id, tone, title, text }].slice(-TOASTS_LIMIT));
  if (tone !== 'bad') setTimeout(() => close(id), SHOWN_MS);
}

const close = (id: number): void => store.set(store.get().filter((toast) => toast.id !== id));

export function Toasts() {
  const toasts = useStore(store, (all) => all);
  return (
    <section className="toasts" aria-label="Messages" aria-live="polite">
      {toasts.map(({ id, tone, title, text }) => (
        <div className={`toast${toneClass(tone)}`} key={id}>
          <Icon name={tone === 'bad' || tone === 'alert' ? 'warn' : tone === 'good' ? 'check' : 'info'} />
          <div className="toast-text">
            <p className="toast-title">{title}</p>
            {text !== undefined && <p className="soft">{text}</p>}
          </div>
          <Button kind="quiet" size="small" icon="close" aria-label="Close message" onPress={() => close(id)} />
        </div>
      ))}
    </section>
  );
}
