// Handing words to another program, such as WeChat.
import { ref, type Ref } from 'vue'

/** copied is null until something was tried, then whether it worked; where it did not, the field's text is selected. */
export function useCopy(field: Ref<HTMLTextAreaElement | undefined>) {
  const copied = ref<boolean | null>(null)

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      copied.value = true
    } catch {
      // Without HTTPS a browser keeps the clipboard to itself; the text is selected for the person to copy.
      field.value?.select()
      copied.value = false
    }
  }

  return { copied, copy }
}
