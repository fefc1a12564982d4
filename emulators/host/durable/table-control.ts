import { odata } from '@azure/data-tables';
import { StaleWrite } from '#platform/storage/stale-write';
import { type StoredRow, transactionLimit, type Write } from '#platform/storage/table';
import type { HubTable } from './gated-table.ts';
import type { StoredMessage } from './message.ts';
import type { DurableStore, HostEntry } from './store.ts';
import { HOST_PARTITION, instanceKey, MESSAGE_PARTITION, messageKey, messageRange } from './table-keys.ts';
import { groupPages, refuseTooLarge, textOf, textRows } from './text-rows.ts';

type Control = Pick<
  DurableStore,
  'addMessage' | 'messageKeys' | 'messagesFor' | 'removeMessages' | 'hosts' | 'putHost' | 'removeHost'
>;

/** Table `<hub>Control`: messages that were not taken in yet, and the hosts. It stays small, so that polling it is cheap. */
export function tableControl(control: HubTable): Control {
  return {
    async addMessage(message) {
      const { instanceId, id } = message;
      const rows = textRows(MESSAGE_PARTITION, messageKey(instanceId, id), JSON.stringify(message), {
        extra: { instanceId, messageId: id },
      });
      refuseTooLarge(rows);
      await control.transact(rows.map((insert) => ({ insert })));
    },
    async messageKeys() {
      const keys: Pick<StoredMessage, 'id' | 'instanceId'>[] = [];
      const filter = odata`PartitionKey eq ${MESSAGE_PARTITION}`;
      const select = ['RowKey', 'instanceId', 'messageId'];
      for await (const { rows } of control.pages({ filter, select })) {
        for (const { properties } of rows) {
          // Pages that continue a long message carry neither.
          if (typeof properties.messageId === 'string') {
            keys.push({ id: properties.messageId, instanceId: String(properties.instanceId) });
          }
        }
      }
      return keys;
    },
    async messagesFor(instanceId) {
      return groupPages(await messageRows(control, instanceId)).flatMap((pages) => {
        const text = textOf(pages);
        return text === undefined ? [] : [JSON.parse(text) as StoredMessage];
      });
    },
    async removeMessages(instanceId, ids) {
      const prefixes = ids.map((id) => `${instanceKey(instanceId)}|${id}`);
      const rows = (await messageRows(control, instanceId)).filter(({ rowKey }) =>
        prefixes.some((prefix) => rowKey.startsWith(prefix)),
      );
      for (let from = 0; from < rows.length; from += transactionLimit) {
        await transactIfPresent(
          control,
          rows
            .slice(from, from + transactionLimit)
            .map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } })),
        );
      }
    },
    async hosts() {
      return (await control.list(odata`PartitionKey eq ${HOST_PARTITION}`)).map(toHost);
    },
    async putHost({ hostId, machine, pid, expires }) {
      const properties = { machine, pid: String(pid), expires };
      await control.transactRepeatable([
        { upsert: { partitionKey: HOST_PARTITION, rowKey: hostId, properties } },
      ]);
    },
    async removeHost(hostId) {
      await transactIfPresent(control, [{ remove: { partitionKey: HOST_PARTITION, rowKey: hostId } }]);
    },
  };
}

async function messageRows(control: HubTable, instanceId: string): Promise<StoredRow[]> {
  const { from, below } = messageRange(instanceId);
  return await control.list(
    odata`PartitionKey eq ${MESSAGE_PARTITION} and RowKey ge ${from} and RowKey lt ${below}`,
  );
}

/** Removals that another host may have done already. */
async function transactIfPresent(control: HubTable, removals: readonly Write[]): Promise<void> {
  try {
    await control.transact(removals);
  } catch (error) {
    if (!(error instanceof StaleWrite)) {
      throw error;
    }
  }
}

function toHost({ rowKey, properties }: StoredRow): HostEntry {
  return {
    hostId: rowKey,
    machine: String(properties.machine),
    pid: Number(properties.pid),
    expires: String(properties.expires),
  };
}
