import { Icon } from '#design/icon.tsx';
import { routeTo, useRoute } from '#page/route.ts';
import { views } from './views.ts';

/** The views: at the left edge, on a phone at the lower one. */
export function Rail() {
  const { view } = useRoute();
  return (
    <nav className="rail" aria-label="Views">
      <a className="rail-brand" href={routeTo('now')} aria-label="Inspector, to the first view">
        <img src="/icon.svg" alt="" width="22" height="22" />
        <span>Inspector</span>
      </a>
      <ul className="rail-list">
        {views.map(({ name, title, icon, key }) => (
          <li key={name}>
            <a
              className={name === 'kill' ? 'rail-link is-kill' : 'rail-link'}
              href={routeTo(name)}
              aria-current={name === view ? 'page' : undefined}
              aria-keyshortcuts={key}
            >
              <Icon name={icon} size={17} />
              <span className="rail-title">{title}</span>
              <span className="rail-key" aria-hidden="true">
                {key}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
