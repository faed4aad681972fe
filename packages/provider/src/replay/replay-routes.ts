import { StartReplayBodySchema } from '@inspector/contract';
import { requestError, type Service } from '@inspector/service';
import Type from 'typebox';
import type { ReplayConnectorControl } from '#connectors/replay/replay-connector.ts';

const ReplayResponse = Type.Object({ file: Type.String(), running: Type.Boolean() }, { title: 'ReplayState' });

/** Contract 5, replay. Only files that a connector was configured with can be played: no path is opened for a request. */
export function registerReplayRoutes(app: Service, replays: readonly ReplayConnectorControl[]): void {
  const tags = ['replay'];
  const config = { role: 'operator' } as const;
  const response = { 200: ReplayResponse };

  app.post(
    '/api/replay/start',
    { config, schema: { tags, summary: 'Play a recording', body: StartReplayBodySchema, response } },
    ({ body }) => {
      const replay = replays.find(({ file }) => file === body.file);
      if (replay === undefined) {
        throw requestError('CONNECTOR_UNKNOWN', 'No replay connector is configured with that file.');
      }
      if (replay.isRunning()) throw requestError('REPLAY_RUNNING');
      replay.start(body.speed ?? 1);
      return { file: replay.file, running: replay.isRunning() };
    },
  );

  app.post('/api/replay/stop', { config, schema: { tags, summary: 'Stop the recording that plays', response } }, () => {
    const replay = replays.find((each) => each.isRunning());
    if (replay === undefined) throw requestError('REPLAY_NOT_RUNNING');
    replay.stop();
    return { file: replay.file, running: replay.isRunning() };
  });
}
