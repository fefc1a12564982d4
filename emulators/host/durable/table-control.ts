import { odata } from '@azure/data-tables';
import type { HubTable, Row } from './hub-table.ts';
import type { StoredMessage } from './message.ts';
import type { DurableStore, HostEntry } from './store.ts';
import { HOST_PARTITION, instanceKey, MESSAGE_PARTITION, messageKey, messageRange } from './table-keys.ts';
import { groupPages, jsonText, refuseTooLarge, textOf, textRows } from './text-rows.ts';

type Control = Pick<
  DurableStore,
  'addMessage' | 'messages' | 'removeMessages' | 'hosts' | 'putHost' | 'removeHost'
>;

/** Table `<hub>Control`: messages that were not taken in yet, and the hosts. It stays small, so that polling it is cheap. */
export function tableControl(control: HubTable): Control {
  return {
    async addMessage(message) {
      const { instanceId, id } = message;
      const rows = textRows(MESSAGE_PARTITION, messageKey(instanceId, id), jsonText(message));
      refuseTooLarge(rows);
      await control.transact(rows.map((insert) => ({ insert })));
    },
    async messages() {
      const rows = await control.list(odata`PartitionKey eq ${MESSAGE_PARTITION}`);
      return groupPages(rows).flatMap((pages) => {
        const text = textOf(pages);
        return text === undefined ? [] : [JSON.parse(text) as StoredMessage];
      });
    },
    async removeMessages(instanceId, ids) {
      const prefixes = ids.map((id) => `${instanceKey(instanceId)}|${id}`);
      const { from, below } = messageRange(instanceId);
      const rows = await control.list(
        odata`PartitionKey eq ${MESSAGE_PARTITION} and RowKey ge ${from} and RowKey lt ${below}`,
        [],
      );
      const rowKeys = rows.map(({ rowKey }) => rowKey);
      await control.remove(
        MESSAGE_PARTITION,
        rowKeys.filter((rowKey) => prefixes.some((prefix) => rowKey.startsWith(prefix))),
      );
    },
    async hosts() {
      return (await control.list(odata`PartitionKey eq ${HOST_PARTITION}`)).map(toHost);
    },
    async putHost({ hostId, machine, pid, expires }) {
      const properties = { machine, pid: String(pid), expires };
      await control.put({ partitionKey: HOST_PARTITION, rowKey: hostId, properties });
    },
    async removeHost(hostId) {
      await control.remove(HOST_PARTITION, [hostId]);
    },
  };
}

function toHost({ rowKey, properties }: Row): HostEntry {
  return {
    hostId: rowKey,
    machine: String(properties.machine),
    pid: Number(properties.pid),
    expires: String(properties.expires),
  };
}
