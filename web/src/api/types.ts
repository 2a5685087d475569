import type { components, operations, paths } from './schema'

type Schemas = components['schemas']

export type SftQueueItem = Schemas['SftQueueItem']
export type CheckOutcome = Schemas['CheckOutcome']
export type Proposal = NonNullable<SftQueueItem['proposal']>
export type SftMessage = SftQueueItem['prompt_messages'][number]
export type CardTexts = Schemas['CardTexts']
export type ToolCall = Schemas['ToolCall']
export type SftSubmitRequest = Schemas['SubmitRequest']
export type SftAction = SftSubmitRequest['action']
export type SftStatus = SftQueueItem['status']
export type SftFailureCategory = NonNullable<SftQueueItem['failure_category']>
export type SubmitResult = Json<paths['/api/sft/submit']['post']>
export type UndoResult = Json<paths['/api/sft/undo']['post']>
export type Stats = Json<paths['/api/sft/stats']['get']>
export type RunInfo = Json<paths['/api/sft/runs']['get']>[number]
export type ImportResult = Json<paths['/api/sft/import']['post']>
export type RejectedLine = Json<paths['/api/sft/runs/{run_id}/rejected']['get']>[number]
export type TakenBack = Json<paths['/api/sft/runs/{run_id}']['delete']>
export type UploadReport = Json<paths['/api/sft/upload']['post']>
export type UploadSummary = Json<paths['/api/sft/uploads/{upload_id}']['get']>
export type SourceSummary = UploadSummary['runs'][number]
export type UnrecognisedFile = UploadSummary['unrecognised'][number]
export type ImporterName = Json<paths['/api/sft/importers']['get']>[number]
export type SavedMapping = Json<paths['/api/sft/mappings']['get']>[number]
export type ImportOptions = Schemas['ImportOptions']
export type ImportReport = Schemas['ImportReport']
export type Metric = Schemas['Metric']
export type RunTotal = Schemas['RunTotal']
export type RunPreview = Schemas['RunPreview']
export type Needs = Schemas['Needs']
export type Job = Schemas['Job']
export type JobRequest = Schemas['JobRequest']
export type JobResult = Schemas['JobResult']
export type Config = Json<paths['/api/sft/config']['get']>
export type RulesSay = Json<paths['/api/sft/card/proposal']['get']>
export type QueuePage = Json<paths['/api/sft/queue']['get']>
export type QueueQuery = NonNullable<paths['/api/sft/queue']['get']['parameters']['query']>
export type QueueOrder = NonNullable<QueueQuery['order']>
export type ReasonGroup = QueuePage['reasons'][number]
export type SearchState = NonNullable<QueuePage['search']>
export type View = Json<paths['/api/sft/views']['get']>[number]
export type ViewPage = View['page']
export type HistoryEntry = Json<paths['/api/sft/card/history']['get']>[number]
export type OtherAnswers = Json<paths['/api/sft/card/others']['get']>
export type OtherAnswer = OtherAnswers['items'][number]
export type DecidedPage = Json<paths['/api/sft/decisions']['get']>
export type DecidedItem = DecidedPage['items'][number]
export type DecidedQuery = NonNullable<paths['/api/sft/decisions']['get']['parameters']['query']>
export type DecidedSummary = Json<paths['/api/sft/decisions/summary']['get']>
export type Outcome = SftQueueItem['outcome']
export type CheckFault = NonNullable<SftQueueItem['check_fault']>
export type TagCount = Schemas['TagCount']
export type TagMix = Schemas['TagMix']
export type FaultInfo = DeskFacts['faults'][number]
/** Decisions counted by action and category, of a session or a day. */
export type DecisionCounts = Omit<DecidedSummary, 'by_fault'>
export type BulkRequest = Schemas['BulkRequest']
export type BulkAction = BulkRequest['action']
export type BulkResult = Json<paths['/api/sft/bulk']['post']>
export type VerdictCount = BulkResult['verdicts'][number]
export type BulkUndoResult = Json<paths['/api/sft/bulk/{batch_id}/undo']['post']>
/** A `desk` event of GET /events. */
export type DeskState = Schemas['DeskEvent']
export type DeskNews = DeskState['decisions'][number]
export type ExportPreview = Json<paths['/api/sft/export/preview']['get']>
export type ExportQuery = NonNullable<paths['/api/sft/export/preview']['get']['parameters']['query']>
export type ExportRecipe = Schemas['Recipe']
export type Splits = Schemas['Splits']
export type FormatInfo = Schemas['FormatInfo']
export type DeskFacts = Json<paths['/api/sft/desk']['get']>
export type FormatFacts = DeskFacts['formats'][number]
export type CategoryInfo = DeskFacts['categories'][number]
export type LengthBin = Schemas['LengthBin']
export type SavedRecipe = Schemas['NamedRecipe']
export type MadeExport = Schemas['MadeExport']
export type HoldOut = Schemas['HoldOutState']
export type Report = Schemas['Report']
export type ReportRow = Schemas['ReportRow']
export type JudgeReport = Schemas['JudgeReport']
export type ReportGroup = Report['group']
export type ReportNumber = Schemas['Number']
export type NextReads = Json<paths['/api/sft/report/next']['get']>
export type Sample = Schemas['Sample']
export type SampleRequest = Schemas['SampleRequest']
export type Insights = Schemas['Insights']
export type InsightsQuery = NonNullable<paths['/api/sft/insights']['get']['parameters']['query']>
export type MixRow = Schemas['MixRow']
export type ModelTask = Schemas['ModelTask']
export type Overview = Schemas['Overview']
export type ComparedAndJudged = Json<paths['/api/sft/compare']['get']>
export type CompareQuery = NonNullable<paths['/api/sft/compare']['get']['parameters']['query']>
export type Compared = Schemas['Compared']
export type TaskRow = Schemas['TaskRow']
export type ComparedItem = Schemas['ComparedItem']
export type Comparison = Json<paths['/api/sft/compare/several']['get']>
export type GateResult = Schemas['GateResult']
export type TrainingsOverview = Json<paths['/api/sft/trainings']['get']>
export type TrainingSummary = Schemas['TrainingSummary']
/** The state of a process that runs beside the desk: a training or a bench. */
export type JobState = TrainingSummary['state']
export type TrainingView = Schemas['TrainingView']
export type TrainingPoint = Schemas['TrainingPoint']
export type TrainingRequest = Schemas['TrainingRequest']
/** A `training` event of GET /trainings/{name}/events. */
export type TrainingEvent = Schemas['TrainingEvent']
export type BenchesOverview = Json<paths['/api/sft/benches']['get']>
export type BenchAdapter = Schemas['BenchAdapter']
export type TaskFile = Schemas['TaskFileSummary']
export type BenchPreview = Json<paths['/api/sft/benches/preview']['post']>
export type BenchRequest = Schemas['BenchRequest']
export type BenchTasks = BenchRequest['tasks']
export type BenchSummary = Schemas['BenchSummary']
export type BenchView = Schemas['BenchView']

type Operation = operations[keyof operations]
/** The body of an operation's 200 answer. */
type Json<T extends Operation> = T extends {
  responses: { 200: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never
