import { createClient } from '../generated/client.js'
import { ChatPage } from './chat-page.js'
import { roomOfAddress } from './profile.js'

const client = createClient(location.origin.replace(/^http/, 'ws'))
const page = new ChatPage(client)

page.open(roomOfAddress())
window.addEventListener('hashchange', () => page.open(roomOfAddress()))
