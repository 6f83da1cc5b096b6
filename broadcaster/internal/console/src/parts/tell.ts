// A short word on top of the page: something was done, or could not be.
import { ElMessage } from 'element-plus'

export function tell(message: string, type: 'success' | 'error' = 'success'): void {
  if (message === '') return
  // What went wrong stays long enough to be read twice.
  ElMessage({ message, type, duration: type === 'error' ? 8_000 : 3_000, showClose: type === 'error', grouping: true })
}
