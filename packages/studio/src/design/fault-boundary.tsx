import { Component, type ReactNode } from 'react';

interface FaultBoundaryProps {
  /** What stands inside. Another one begins without the last one's fault. */
  name: string;
  /** What is shown instead; `retry` tries the same again. */
  fallback(error: unknown, retry: () => void): ReactNode;
  children: ReactNode;
}

interface FaultBoundaryState {
  /** Held in an object, because anything can be thrown. */
  fault: { error: unknown } | null;
  name: string;
}

/** A fault inside is shown in its place and leaves everything around it as it is: without one React takes the page away. */
export class FaultBoundary extends Component<FaultBoundaryProps, FaultBoundaryState> {
  override state: FaultBoundaryState = { fault: null, name: this.props.name };

  static getDerivedStateFromError(error: unknown): Partial<FaultBoundaryState> {
    return { fault: { error } };
  }

  static getDerivedStateFromProps(
    props: FaultBoundaryProps,
    state: FaultBoundaryState,
  ): Partial<FaultBoundaryState> | null {
    return props.name === state.name ? null : { fault: null, name: props.name };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return this.props.fallback(fault.error, () => this.setState({ fault: null }));
  }
}
