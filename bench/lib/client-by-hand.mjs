/**
 * What one writes by hand where there is no library: JSON there and back, who waits for an answer by its id, who listens by
 * the name of the message. It comes back from nothing, recovers nothing, and knows no limits.
 */
export class ClientByHand {
  #socket
  #lastId = 0
  #asked = new Map()
  #listeners = new Map()

  constructor(WebSocket) {
    this.#socket = new WebSocket()
    this.#socket.onmessage = ({ data }) => this.#take(JSON.parse(data))
  }

  request(name, input) {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      this.#asked.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify(['request', id, name, input]))
    })
  }

  say(name, data) {
    this.#socket.send(JSON.stringify(['event', name, data]))
  }

  on(channel, name, listener) {
    const key = `${channel} ${name}`
    this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), listener])
  }

  #take([type, ...parts]) {
    if (type === 'publication') {
      const [channel, name, data] = parts
      for (const listener of this.#listeners.get(`${channel} ${name}`) ?? []) listener(data)
    } else if (type === 'reply') {
      const [id, output] = parts
      this.#asked.get(id)?.resolve(output)
      this.#asked.delete(id)
    }
  }
}
