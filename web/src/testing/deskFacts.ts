import facts from './deskFacts.json'

/** Stands in for the facts that the server puts into the page. Import it before any module that reads them. */
const element = document.createElement('script')
element.type = 'application/json'
element.id = 'desk-facts'
element.textContent = JSON.stringify(facts)
document.head.append(element)
