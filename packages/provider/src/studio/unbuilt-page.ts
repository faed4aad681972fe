/** What `/` shows where the page was not built. Everything else works without it. */
export const unbuiltPage = `<!doctype html>
<html lang="en" data-app-key="{{appKey}}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Inspector {{version}}</title>
  </head>
  <body>
    <h1>Inspector {{version}}</h1>
    <p>Studio, the page of this address, is not built here. In the checkout:</p>
    <pre>npm run build --workspace packages/studio</pre>
    <p>Then start again. The service itself works: <a href="/docs">its calls</a>, <a href="/health">its health</a>.</p>
  </body>
</html>
`;
