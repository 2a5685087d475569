import { compareQuery, type CompareChoice } from './useCompareAddress'

/** The comparison as files: their names and addresses. JUnit has what a gate says, so it needs one. */
export function compareFiles(choice: CompareChoice, hasGate: boolean) {
  const query = compareQuery(hasGate ? choice : { ...choice, gate: null })
  if (!query) return []
  if (choice.also.length) {
    const sides = [query.before, query.after, ...choice.also].map((side) => ['side', side])
    const several = new URLSearchParams([...sides, ['verdicts', choice.verdicts]])
    return [{ label: 'JSON', name: 'comparison.json', href: `/api/sft/compare/several?${several}` }]
  }
  const asked = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)]),
  )
  const file = (label: string, name: string, format: 'md' | 'junit' | 'json') => ({
    label,
    name,
    href: `/api/sft/compare?${new URLSearchParams([...asked, ['format', format]])}`,
  })
  return [
    file('Markdown', 'comparison.md', 'md'),
    ...(hasGate ? [file('JUnit', 'gate.xml', 'junit')] : []),
    file('JSON', 'comparison.json', 'json'),
  ]
}
