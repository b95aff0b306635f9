// Runs the GGUF files that dev.lion.student.GgufStudents wrote in llama.cpp, and compares; see check.sh.
import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const [modules, root] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(createRequire(join(modules, "x.js")).resolve(name)).href);
const {getLlama, LlamaLogLevel} = await load(join(modules, "node-llama-cpp"));
const {Template} = await load(join(modules, "@huggingface/jinja"));

const llama = await getLlama({gpu: false, build: "never", logLevel: LlamaLogLevel.error});
const same = (a, b) => a.length === b.length && a.every((one, i) => one === b[i]);
let failed = 0;

function compare(what, expected, found, context) {
    if (!same([...expected], [...found])) {
        failed++;
        console.log(`  DIFFERENT ${what} of ${JSON.stringify(context)}\n    lion      ${JSON.stringify(expected)}\n    llama.cpp ${JSON.stringify(found)}`);
        return 0;
    }
    return 1;
}

async function greedy(model, tokens, count) {
    const context = await model.createContext({contextSize: 256, threads: 1});
    const written = [];
    for await (const token of context.getSequence().evaluate(tokens, {temperature: 0, yieldEogToken: true})) {
        written.push(token);
        if (written.length === count) {
            break;
        }
    }
    await context.dispose();
    return written;
}

for (const folder of readdirSync(root).filter((name) => name !== "sources").sort()) {
    const expected = JSON.parse(readFileSync(join(root, folder, "expected.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((name) => name.endsWith(".gguf"));
    const model = await llama.loadModel({modelPath: join(root, folder, file)});
    const template = new Template(model.fileInfo.metadata.tokenizer.chat_template);
    const prompt = (text) => {
        const tokens = model.tokenize(text, true);
        const begins = !expected.addsBos || tokens[0] === model.tokens.bos;
        return begins ? tokens : [model.tokens.bos, ...tokens];
    };
    let texts = 0, conversations = 0, prompts = 0, answers = 0;
    for (const {text, tokens} of expected.texts) {
        texts += compare("tokens", tokens, model.tokenize(text, false), text);
    }
    for (const {messages, text, tokens} of expected.conversations) {
        const rendered = template.render({
            messages, add_generation_prompt: true, bos_token: expected.bosToken, eos_token: expected.eosToken
        });
        conversations += compare("wording", text, rendered, messages);
        prompts += compare("tokens", tokens, prompt(text), text);
    }
    for (const {text, tokens, answer} of expected.answers) {
        prompts += compare("tokens", tokens, prompt(text), text);
        answers += compare("answer", answer, await greedy(model, tokens, answer.length), text);
    }
    console.log(`${folder.padEnd(14)} ${texts} of ${expected.texts.length} texts, ${conversations} of ${expected.conversations.length}`
        + ` conversations, ${prompts} of ${expected.answers.length + expected.conversations.length} prompts' tokens,`
        + ` ${answers} of ${expected.answers.length} greedy answers the same`);
    await model.dispose();
}
await llama.dispose();
process.exit(failed === 0 ? 0 : 1);
