import facts from './deskFacts.json'

/** The page as the server sends it says what the desk knows; it has to stand before anything is imported that reads it. */
const element = document.createElement('script')
element.type = 'application/json'
element.id = 'desk-facts'
element.textContent = JSON.stringify(facts)
document.head.append(element)
