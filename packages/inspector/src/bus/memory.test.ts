import { testBus } from './bus-contract.ts';
import { createMemoryBus } from './memory.ts';

testBus('memory bus', (limits) => {
  const bus = createMemoryBus(limits);
  return { bus, inject: (channel, message) => bus.receive(message, channel) };
});
