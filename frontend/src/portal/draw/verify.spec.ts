import { describe, expect, it } from 'vitest'

import vector from '#test/draw-vector.json'

import { sha256 } from './sha256'
import { standing, verify } from './verify'

describe('the draw in the browser', () => {
  it('hashes as the standard says', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe('248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1')
    expect(sha256('作风')).toHaveLength(64)
  })

  it('gives the same list as the server on the shared vector', () => {
    expect(verify(vector)).toEqual({ pool: true, list: true })
    expect(standing(vector, vector.entropy).sort()).toEqual(vector.drawn)
  })

  it('sees another entropy, another pool and another list', () => {
    expect(verify({ ...vector, entropy: `${vector.entropy}1` }).list).toBe(false)
    expect(verify({ ...vector, pool: [...vector.pool.slice(1), 'resident 0000000000000000'] }).pool).toBe(false)
    expect(verify({ ...vector, drawn: vector.drawn.slice(1) }).list).toBe(false)
    expect(verify({ ...vector, entropy: null })).toEqual({ pool: true, list: undefined })
  })
})
