import Type from 'typebox';
import { governorActions, type PolicyName, type PolicyUntil, policyNames, watchedLimits } from '#codes/policies.ts';

/** A year; a lock that should last longer is `manual`. */
const maxLockSeconds = 31_536_000;

const untilOf = (name: PolicyName) => {
  const seconds = Type.Number({ exclusiveMinimum: 0, maximum: maxLockSeconds });
  const words = name === 'exposure' ? ['manual', 'day-end', 'while-it-lasts'] : ['manual', 'day-end'];
  return Type.Unsafe<PolicyUntil>(
    Type.Union([Type.Enum(words), seconds], {
      default: watchedLimits[name].until,
      description: 'When the lock ends: by hand, at the next day start, or after so many seconds.',
      'x-expects': `${words.map((word) => JSON.stringify(word)).join(', ')} or seconds above 0 and up to ${maxLockSeconds}`,
      'x-unit': 's',
      'x-stricter': 'higher',
    }),
  );
};

const policyOf = (name: PolicyName) =>
  Type.Object(
    {
      action: Type.Enum([...governorActions], {
        default: watchedLimits[name].action,
        description: `What happens when ${watchedLimits[name].sentence}.`,
        'x-stricter': 'higher',
      }),
      until: untilOf(name),
    },
    { additionalProperties: false, title: 'Policy' },
  );

export type Policy = Type.Static<ReturnType<typeof policyOf>>;

const byName = Object.fromEntries(policyNames.map((name) => [name, policyOf(name)])) as {
  [Name in PolicyName]: ReturnType<typeof policyOf>;
};

export const PoliciesSchema = Type.Object(byName, {
  additionalProperties: false,
  description: 'What each watched limit does when it trips, and for how long.',
});
