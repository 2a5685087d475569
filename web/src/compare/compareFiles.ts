import type { CompareChoice } from './useCompareAddress'

/** The comparison as files: their names and addresses. JUnit has what a gate says, so it needs one. */
export function compareFiles(choice: CompareChoice, hasGate: boolean) {
  const { before, after, also, verdicts, gate } = choice
  if (before === null || after === null) return []
  if (also.length) {
    const sides = [before, after, ...also].map((side) => ['side', side])
    const asked = new URLSearchParams([...sides, ['verdicts', verdicts]])
    return [{ label: 'JSON', name: 'comparison.json', href: `/api/sft/compare/several?${asked}` }]
  }
  const asked = { before, after, verdicts, ...(hasGate && gate ? { gate } : {}) }
  const file = (label: string, name: string, format: 'md' | 'junit' | 'json') => ({
    label,
    name,
    href: `/api/sft/compare?${new URLSearchParams({ ...asked, format })}`,
  })
  return [
    file('Markdown', 'comparison.md', 'md'),
    ...(hasGate ? [file('JUnit', 'gate.xml', 'junit')] : []),
    file('JSON', 'comparison.json', 'json'),
  ]
}
