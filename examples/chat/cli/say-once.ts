import type { Client } from '../generated/client.js'

/** Says one line, and waits until the server has it. */
export async function sayOnce(
  client: Client,
  { room, name }: { readonly room: string; readonly name: string },
  text: string,
): Promise<void> {
  const connection = client.chat({ params: { roomId: room }, query: { name } })
  await connection.say({ text })
  connection.close()
}
