// llama.cpp of npm's node-llama-cpp as a peer of bench decoding, see peers.sh. It is driven beneath the package's queue, one
// batch for each step, which is faster than the queue.
import {readFileSync} from "node:fs";
import {getLlama} from "node-llama-cpp";

const options = {};
for (let i = 2; i < process.argv.length; i += 2) options[process.argv[i].slice(2)] = process.argv[i + 1];
const threads = +options.threads, count = +options.new, batch = +options.batch;
const llama = await getLlama({gpu: false, build: "never", maxThreads: threads, logLevel: "error", numa: false});
const model = await llama.loadModel({modelPath: `${options.folder}-${options.type}.gguf`, useMmap: false});
const prompts = JSON.parse(readFileSync(options.prompts)).map(text => model.tokenize(text));
const context = await model.createContext({
    sequences: batch, contextSize: Math.max(...prompts.map(one => one.length)) + count + 1, batchSize: 512,
    threads: {ideal: threads, min: threads}, flashAttention: options.flash === "on"
});
const native = context._ctx;
const sampler = new llama._bindings.AddonSampler(model._model);
sampler.applyConfig({temperature: 0});

// the likeliest tokens after what each row [sequence, position, tokens, whether it is answered] adds
async function step(rows) {
    native.initBatch(rows.reduce((sum, row) => sum + row[2].length, 0));
    const places = rows.map(([sequence, position, tokens, answered]) => native.addToBatch(
        sequence, position, Uint32Array.from(tokens), Uint32Array.from(answered ? [tokens.length - 1] : [])));
    await native.decodeBatch();
    const tokens = [];
    for (let i = 0; i < rows.length; i++) if (rows[i][3]) tokens.push([rows[i][0], await native.sampleToken(places[i][0], sampler)]);
    return tokens;
}

// how long the first tokens took, and all, in seconds
async function decode(texts, count) {
    for (let i = 0; i < texts.length; i++) native.disposeSequence(i);
    const start = performance.now(), next = [];
    let rows = [], used = 0;
    const read = async () => { for (const [row, token] of await step(rows)) next[row] = token; rows = []; used = 0; };
    for (let i = 0; i < texts.length; i++) for (let done = 0; done < texts[i].length;) {
        const length = Math.min(context.batchSize - used, texts[i].length - done);
        rows.push([i, done, texts[i].slice(done, done + length), done + length === texts[i].length]);
        done += length;
        used += length;
        if (used === context.batchSize) await read();
    }
    if (rows.length) await read();
    const first = performance.now();
    for (let n = 1; n < count; n++)
        for (const [row, token] of await step(texts.map((text, i) => [i, text.length + n - 1, [next[i]], true]))) next[row] = token;
    return {first: (first - start) / 1e3, all: (performance.now() - start) / 1e3};
}

await decode(prompts.slice(0, batch), 24);
let all = Infinity, decoding = Infinity;
for (let i = 0; i < +options.repeats; i++) {
    const times = await decode(prompts.slice(0, batch), count);
    all = Math.min(all, times.all);
    decoding = Math.min(decoding, times.all - times.first);
}
const firsts = [];
for (const prompt of prompts.slice(0, 9)) firsts.push((await decode([prompt], 1)).first);
console.log(JSON.stringify({
    decode_tokens_per_s: batch * (count - 1) / decoding, tokens_per_s: batch * count / all,
    first_token_ms: firsts.sort((a, b) => a - b)[4] * 1e3
}));
process.exit(0);
