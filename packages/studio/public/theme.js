// Before the first paint, so that a page of the other theme is never seen for a moment. Not a module: those run later.
try {
  const kept = localStorage.getItem('inspector-theme');
  if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
} catch {
  // Storage can be switched off; the system's theme is taken then.
}
