import { useMutation } from '@tanstack/vue-query'

import { api, unwrap } from '@/api/client'

export const usePasswordChange = () =>
  useMutation({ mutationFn: (body: { current_password: string; new_password: string }) => unwrap(api.POST('/api/v1/auth/password', { body })) })

export const useTotpEnrolment = () => useMutation({ mutationFn: () => unwrap(api.POST('/api/v1/auth/totp')) })

export const useTotpConfirmation = () => useMutation({ mutationFn: (code: string) => unwrap(api.POST('/api/v1/auth/totp/confirm', { body: { code } })) })
