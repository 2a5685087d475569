/** A file and what it is called: for one out of a folder, with the folders on the way to it. */
export interface NamedFile {
  file: File
  path: string
}

/** Call it while the drop is being handled: a moment later the browser has forgotten what was dropped. */
export function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const found = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile())
  return readAll(found.filter((one) => one !== null))
}

/** What a file dialog gave; of a chosen folder the browser tells each file's path. */
export function chosenFiles(list: FileList): NamedFile[] {
  return [...list]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ path }) => !isHidden(path))
}

/** Whether something is dragged that can be dropped here; text and links are not. */
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

/** A browser tells a folder's entries a hundred at a time, and none at the end. */
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
