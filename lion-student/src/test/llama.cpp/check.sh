#!/bin/sh
# llama.cpp, as npm's node-llama-cpp 3.22.1 brings it prebuilt, runs the GGUF files that lion writes in F32: of llama (with
# lion's own, Llama 3's and Llama 2's kind of tokenizer), mistral (SentencePiece-style), qwen2 and qwen3. For each it must
# make the same tokens of texts and of prompts, write conversations the same by the chat template inside, and take the same
# tokens greedily after 20 prompts. Outside of the build: it needs Node.js 20 and npm.
#
# From the root of the checkout:
#
#   lion-student/src/test/llama.cpp/check.sh
#
# node-llama-cpp is fetched into a temporary folder; NODE_MODULES names a node_modules folder that has it already. Prints a
# line for each file and fails when anything differs. Templates are run by llama.cpp's own engine, as Maven's
# de.kherud:llama 4.2.0 brings it (older than qwen3, which it leaves out), and by Hugging Face's Jinja for JavaScript; keys and values are in binary16 in llama.cpp, so the prompts are those after which every token is
# clearly ahead of the next.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${NODE_MODULES:-}" ]; then
    npm install --silent --no-save --prefix "$work" node-llama-cpp@3.22.1
    NODE_MODULES="$work/node_modules"
fi
mvn -B -q -pl lion-student -am test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath"
java -cp "lion-student/target/test-classes:lion-student/target/classes:$(cat "$work/classpath")" \
    -Dai.djl.pytorch.graph_optimizer=false dev.lion.student.GgufStudents "$work/models"
mvn -B -q -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/llama"
java -cp "$work/llama/*" "$here/TemplateCheck.java" "$work/models"
node "$here/check.mjs" "$NODE_MODULES" "$work/models"
