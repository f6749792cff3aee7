/** A WebSocket that costs nothing: what is sent is counted, and what comes is handed to it as a text. */
export class FreeSocket {
  static last

  readyState = 1
  bufferedAmount = 0
  sent = 0
  message = ''

  constructor() {
    FreeSocket.last = this
  }

  send(message) {
    this.message = message
    this.sent++
  }

  close = () => undefined

  deliver(text) {
    this.onmessage({ data: text })
  }

  /** Answers the request that was sent last: `["request",id,…`. */
  reply(outputText) {
    const { message } = this
    this.deliver(`["reply",${message.slice(11, message.indexOf(',', 11))},${outputText}]`)
  }
}
