import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components';

export interface TooltipProps {
  text: ReactNode;
  /** A `Button` of ours, or with `plain` any text, which then can be focused. */
  children: ReactNode;
  plain?: boolean;
}

/** A sentence more, on hovering and on focus. Nothing that somebody must read stands in one. */
export function Tooltip({ text, plain, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={350} closeDelay={60}>
      {plain ? (
        <Focusable>
          <button type="button" className="tooltip-anchor">
            {children}
          </button>
        </Focusable>
      ) : (
        (children as ReactElement)
      )}
      <AriaTooltip className="tooltip" offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
