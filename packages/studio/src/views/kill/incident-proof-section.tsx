import type { IncidentResponse } from '@inspector/contract';
import { Icon, Money, Time } from '#design/index.ts';
import { formatCount, formatQuantity } from '#words/format.ts';
import { type VenueProof, venueProof } from './incident-proof.ts';

/** What the venue itself showed, and what was left on purpose. */
export function IncidentProof({ proof: given }: { proof: IncidentResponse['proof'] }) {
  const proof = venueProof(given);
  return (
    <section className="kill-report-part">
      <h3>Proof of the venue</h3>
      {proof === null ? (
        <p className="faint">None yet: it is kept when the venue shows flat.</p>
      ) : (
        <Proof proof={proof} />
      )}
    </section>
  );
}

function Proof({ proof }: { proof: VenueProof }) {
  const { verifiedAt, positionsInScope, ordersInScope, ordersShownByVenue, accounts, legacyLeft, dustLeft } = proof;
  return (
    <>
      <p>
        <Icon name="check" size={13} /> <span className="number">{formatCount(positionsInScope)}</span> positions and{' '}
        <span className="number">{formatCount(ordersInScope)}</span> orders in scope at <Time ts={verifiedAt} />.{' '}
        {ordersShownByVenue ? 'The venue listed its open orders.' : 'Orders are known from its snapshot alone.'}
      </p>
      {accounts.length > 0 && (
        <table className="kill-table" aria-label="Accounts">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" className="is-end">
                Wallet
              </th>
              <th scope="col" className="is-end">
                Compared
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts.map(({ accountKey, walletBalanceUsd, lastReconciledAt }) => (
              <tr key={accountKey}>
                <th scope="row">{accountKey}</th>
                <td className="is-end">
                  <Money value={walletBalanceUsd} />
                </td>
                <td className="is-end">
                  <Time ts={lastReconciledAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Left title="Legacy, left on purpose" positions={legacyLeft} />
      <Left title="Dust that the venue does not close" positions={dustLeft} />
    </>
  );
}

function Left({ title, positions }: { title: string; positions: VenueProof['legacyLeft'] }) {
  return (
    <p className="soft">
      {title}:{' '}
      {positions.length === 0
        ? 'none'
        : positions.map(({ symbol, side, quantity }) => `${symbol} ${side} ${formatQuantity(quantity)}`).join(', ')}
    </p>
  );
}
