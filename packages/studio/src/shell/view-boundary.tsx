import { Component, type ReactNode } from 'react';
import { ErrorState } from '#design/state.tsx';

interface Props {
  /** Another view begins without the last one's fault. */
  name: string;
  children: ReactNode;
}

interface State {
  error: unknown;
  name: string;
}

/** A fault of one view leaves the strip, the rail and the kill switch where they are. */
export class ViewBoundary extends Component<Props, State> {
  override state: State = { error: null, name: this.props.name };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.name === state.name ? null : { error: null, name: props.name };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="panel">
        <ErrorState
          title="This view has failed. The others work."
          error={this.state.error}
          onRetry={() => this.setState({ error: null })}
        />
      </div>
    );
  }
}
