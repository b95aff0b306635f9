#!/bin/sh
# Jlama 0.8.4, an implementation in Java that shares nothing with lion, reads folders that lion wrote (llama, qwen2 and
# mistral, in float32 and bfloat16) and must take the same tokens greedily. Outside of the build: Jlama needs Java 20.
#
# From the root of the checkout, with JAVA_HOME naming a JDK of 20 or newer (25 was tried) and Maven's own Java being
# any that builds lion:
#
#   JAVA_HOME=/path/to/jdk-25 lion-student/src/test/jlama/check.sh
#
# Prints a line for each folder and fails when tokens differ.
set -eu
here=$(dirname "$0")
java="${JAVA_HOME:?name a JDK of 20 or newer}/bin/java"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unset JAVA_HOME
mvn -B -q -pl lion-student -am test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath"
mvn -B -q -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/jlama"
java -cp "lion-student/target/test-classes:lion-student/target/classes:$(cat "$work/classpath")" \
    -Dai.djl.pytorch.graph_optimizer=false dev.lion.student.checkpoint.GreedyFolders "$work/models"
"$java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp "$work/jlama/*" \
    "$here/JlamaCheck.java" "$work/models"
