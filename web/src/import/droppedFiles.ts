/** A file and its name; for a file in a folder, its path in that folder. */
export interface NamedFile {
  file: File
  path: string
}

/** The files of a drop. Call it while the drop event is handled: afterwards the browser no longer tells them. */
export function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const found = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile())
  return readAll(found.filter((one) => one !== null))
}

/** The files chosen in a dialog; for a chosen folder the browser tells each file's path. */
export function chosenFiles(list: FileList): NamedFile[] {
  return [...list]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ path }) => !isHidden(path))
}

/** Whether files are dragged, rather than text or links. */
export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false
}

async function readAll(found: readonly (FileSystemEntry | File)[]): Promise<NamedFile[]> {
  const files: NamedFile[] = []
  for (const one of found) {
    if (one instanceof File) files.push({ file: one, path: one.name })
    else files.push(...(await readEntry(one)))
  }
  return files
}

async function readEntry(entry: FileSystemEntry): Promise<NamedFile[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    return [{ file, path }]
  }
  const files: NamedFile[] = []
  for (const child of await readFolder(entry as FileSystemDirectoryEntry)) {
    if (!isHidden(child.name)) files.push(...(await readEntry(child)))
  }
  return files
}

/** Read all entries of a folder: a browser lists them a hundred at a time, and an empty list at the end. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const next = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (!next.length) return entries
    entries.push(...next)
  }
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'))
}
