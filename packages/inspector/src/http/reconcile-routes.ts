import { ReconcileRunBodySchema, ReconcileStateResponseSchema } from '@inspector/contract';
import { requestError } from '@inspector/service';
import { optionalBody } from './optional-body.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** The last comparison with the venue, and one more now. */
export const reconcileRoutes: AddRoutes<Pick<HttpPorts, 'picture' | 'reconcile'>> = (app, { picture, reconcile }) => {
  const tags = ['reconcile'];
  const state = () => {
    const data = picture().reconciliation;
    return { count: data.length, data };
  };

  app.get(
    '/reconcile/state',
    {
      config: { role: 'viewer' },
      schema: { tags, summary: 'Differences found and what was done', response: { 200: ReconcileStateResponseSchema } },
    },
    state,
  );

  app.post(
    '/reconcile/runOnce',
    {
      config: { role: 'operator' },
      preValidation: optionalBody,
      schema: {
        tags,
        summary: 'Compares with the venue now',
        body: ReconcileRunBodySchema,
        response: { 200: ReconcileStateResponseSchema },
      },
    },
    async (request) => {
      const { accountKey } = request.body;
      if (accountKey !== undefined && !picture().reconciliation.some((each) => each.accountKey === accountKey)) {
        throw requestError('ACCOUNT_UNKNOWN', `There is no account ${accountKey}.`);
      }
      await reconcile(accountKey);
      return state();
    },
  );
};
