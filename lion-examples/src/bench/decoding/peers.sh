#!/bin/sh
# Decodes with lion and, in turn with it, on the same weights, with Jlama 0.8.4 (in Java, float32) and llama.cpp: the build in
# npm's node-llama-cpp 3.22.1, with flash attention and without, in float32, float16 and q8_0, and the one in Maven's
# de.kherud:llama 4.2.0. Prints bench decoding's tables with the ratios of one run. Outside of the build.
#
# From the root of the checkout, with lion-examples packaged, npm, Node 20 or newer, and JAVA_HOME naming a JDK of 20 or newer:
#
#   mvn -B -q -pl lion-examples -am package -DskipTests
#   JAVA_HOME=/path/to/jdk-25 lion-examples/src/bench/decoding/peers.sh [options of bench decoding]
#
# SHAPES=5m measures the small decoder alone, SHAPES=135m the large one.
#
# Nothing else may run meanwhile: llama.cpp's threads wait for each other without sleeping, and one that is put aside for another
# process makes it ten times slower and more.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java="${JAVA_HOME:?name a JDK of 20 or newer}/bin/java"
jar=$(pwd)/lion-examples/target/lion-examples.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(unset JAVA_HOME; mvn -B -q -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/lib")
cp "$here/llama-peer.mjs" "$work"
(cd "$work" && npm install --silent --no-audit --no-fund node-llama-cpp@3.22.1)
"$java"c -cp "$work/lib/*" -d "$work/classes" "$here/JlamaPeer.java" "$here/LlamaPeer.java"

# the students: a round of next to nothing writes them
mkdir "$work/students"
java -jar "$jar" bench decoding --students "$work/students" --cases 5m-fp32,135m-fp32 --batches 1 --new 2 --rounds 1 --repeats 1 \
    > "$work/first.txt"
for shape in 5m 135m; do
    for type in f32 f16 q8_0; do
        java -jar "$jar" export --student "$work/students/$shape" --format gguf --type "$type" --out "$work/gguf" > "$work/export.txt" || continue
        mv "$work"/gguf/*.gguf "$work/students/$shape-$type.gguf"
        rm -r "$work/gguf"
    done
done

export UV_THREADPOOL_SIZE=1 # Node calls llama.cpp from one thread, beside its own
node="node $work/llama-peer.mjs"
in_java="$java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp $work/lib/*:$work/classes"
for shape in ${SHAPES:-5m 135m}; do
    q8=
    [ -f "$work/students/$shape-q8_0.gguf" ] && q8="$node --type q8_0" # where it could be written
    java -jar "$jar" bench decoding --students "$work/students" --cases "$shape-fp32,$shape-int8" \
        --peer "jlama=$in_java JlamaPeer" \
        --peer "llama.cpp=$node --type f32" \
        --peer "llama.cpp-flash=$node --type f32 --flash on" \
        --peer "llama.cpp-f16=$node --type f16" \
        ${q8:+--peer "llama.cpp-q8_0=$q8"} \
        --peer "java-llama=$in_java LlamaPeer --type f32" \
        "$@"
done
