/** Shapes of the public API, named after the call they belong to so that renamed schemas do not matter. */
import type { Paths } from '@/api/types'

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never

type Post<P extends keyof Paths> = Paths[P] extends { post: infer Operation } ? Operation : never

type Sent<P extends keyof Paths> = Post<P> extends { requestBody: infer Body } ? Json<Body> : never

export type CaseBody = Sent<'/api/v1/public/cases'>
export type Kind = CaseBody['kind']
export type Identity = NonNullable<CaseBody['identity']>
export type Accepted = Post<'/api/v1/public/cases'> extends { responses: { 201: infer Answer } } ? Json<Answer> : never
export type Receipt = Accepted['receipt']
export type Promised = Accepted['promises'][number]

type Tracked = Post<'/api/v1/public/receipts/track'> extends { responses: { 200: infer Answer } } ? Json<Answer> : never
/** `unit` is the full name of the responsible unit, once there is one. */
export type TrackView = Tracked & { unit?: string | null }
export type RateBody = Sent<'/api/v1/public/receipts/rate'>
export type SupplementBody = Sent<'/api/v1/public/receipts/supplement'>
export type DisputeBody = Sent<'/api/v1/public/receipts/dispute'>
export type Solved = RateBody['solved']

export type ListedList = Paths['/api/v1/public/listings']['get']['responses'][200]['content']['application/json']
export type Listed = ListedList['items'][number]

type CategoryPath = Extract<keyof Paths, `/api/v1/public/taxonomies/${string}`>
export type CategoryList = Paths[CategoryPath]['get']['responses'][200]['content']['application/json']
export type Category = CategoryList['items'][number]

export type PublicRounds = Paths['/api/v1/public/evaluations']['get']['responses'][200]['content']['application/json']
export type PublicRound = PublicRounds['items'][number]
export type DrawFile = Paths['/api/v1/public/evaluations/{round_id}/draw']['get']['responses'][200]['content']['application/json']
export type PublicResult = Paths['/api/v1/public/evaluations/{round_id}/result']['get']['responses'][200]['content']['application/json']
export type BallotForm = Paths['/api/v1/public/evaluations/{round_id}/ballot']['get']['responses'][200]['content']['application/json']
export type BallotBody = Sent<'/api/v1/public/evaluations/{round_id}/ballots'>
