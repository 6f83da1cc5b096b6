// A worker that turns AMR voice messages into sound. The library's codec is a function that answers messages by itself.
import codec from 'benz-amr-recorder/src/amrnb.js'

codec()
