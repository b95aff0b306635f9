package dev.lion.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Amount;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.testing.CountingStudent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a new instruction costs when one call asks for 1, 4 or 8: calls, and tokens read and written for each that is accepted,
 * in a whole generation through the real client. The server replies with public instructions about as long as the example, and
 * counts a token for each 4 bytes and 10 for each code of a frame; a reply that comes to its limit is cut there.
 *
 * <pre>
 * mvn -q -pl lion-teacher -am test-compile
 * mvn -q -pl lion-teacher dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp lion-teacher/target/test-classes:lion-teacher/target/classes:$(cat lion-teacher/target/classpath) \
 *     dev.lion.teacher.GeneratorCost instructions.jsonl
 * </pre>
 */
final class GeneratorCost {
    private static final Pattern CODE = Pattern.compile("The code of this message is (\\w+)\\.");
    private static final Pattern COUNT = Pattern.compile("Invent (\\d+) new tasks");
    private static final int SEEDS = 500;
    private static final int WANTED = 400;
    private static final int NEIGHBOURS = 300;
    private static final int BYTES_PER_TOKEN = 4;
    private static final int TOKENS_PER_CODE = 10;
    private static final int CODE_LENGTH = 16;

    private final List<Instruction> byLength;
    private final Random random = new Random(7);

    private GeneratorCost(List<Instruction> invented) {
        this.byLength = invented.stream()
                .sorted(Comparator.comparingInt(each -> each.text().length()))
                .toList();
    }

    /**
     * Prints a line for each number of instructions a call.
     *
     * @param args a file of some thousand instructions
     */
    public static void main(String[] args) throws Exception {
        List<Instruction> all = InstructionPool.read(Path.of(args[0])).instructions();
        System.out.println(
                "per call   accepted   calls   calls/accepted   read/accepted   written/accepted   rejected");
        for (int perCall : List.of(1, 4, 8)) {
            new GeneratorCost(all.subList(SEEDS, all.size())).measure(perCall, all.subList(0, SEEDS));
        }
    }

    private void measure(int perCall, List<Instruction> seeds) throws Exception {
        Path directory = Files.createTempDirectory("generator-cost");
        try (var server = ChatCompletionsServer.start(this::reply);
                var run = RunDirectory.open(directory.resolve("run"))) {
            var generator = ChatModelGenerator.builder(ChatModelFixture.model(server))
                    .perCall(perCall)
                    .build();
            AdversarialLoop.builder()
                    .teacher(instruction -> Response.of("so"))
                    .referee(comparison -> Verdict.of(5, 5))
                    .generator(generator)
                    .student(new CountingStudent())
                    .config(LoopConfig.builder()
                            .iterations(1)
                            .generatedPerIteration(WANTED)
                            .build())
                    .build()
                    .run(InstructionPool.of(seeds), run);
            print(perCall, run);
        }
    }

    private static void print(int perCall, RunDirectory run) {
        IterationSummary.Generation generation =
                run.summaries().get(1).generation().orElseThrow();
        double accepted = generation.hard() + generation.easy();
        Amount spent = run.spending().total(PaidRole.GENERATOR);
        System.out.printf(
                "%8d %10.0f %7d %16.2f %15.0f %18.0f   %s%n",
                perCall,
                accepted,
                spent.calls(),
                spent.calls() / accepted,
                spent.tokens().inputTokens() / accepted,
                spent.tokens().outputTokens() / accepted,
                generation.rejected());
    }

    private synchronized Reply reply(JsonNode request) {
        String user = ChatCompletionsServer.message(request, "user");
        String code = found(CODE, user, "");
        String example = user.substring(user.indexOf('\n', user.indexOf("<<<BEGIN")) + 1, user.indexOf("\n<<<END"));
        int count = Integer.parseInt(found(COUNT, user, "0"));
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append("<<<TASK " + i + " " + code + ">>>\n")
                    .append(near(example))
                    .append('\n');
        }
        text.append(count == 0 ? near(example) : "<<<END " + code + ">>>");
        int limit = request.get("max_tokens").asInt();
        boolean isCut = tokens(text.toString(), code) > limit;
        while (tokens(text.toString(), code) > limit) {
            text.setLength(text.length() - 1);
        }
        int read = tokens(ChatCompletionsServer.message(request, "system") + user, code);
        return ChatCompletionsServer.completion(
                text.toString(), isCut ? "length" : "stop", read, tokens(text.toString(), code));
    }

    private static String found(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    /** A public instruction about as long. */
    private String near(String example) {
        int at = 0;
        while (at < byLength.size() && byLength.get(at).text().length() < example.length()) {
            at++;
        }
        int from = Math.max(0, Math.min(byLength.size() - NEIGHBOURS, at - NEIGHBOURS / 2));
        return byLength.get(from + random.nextInt(NEIGHBOURS)).text();
    }

    private static int tokens(String text, String code) {
        int codes = 0;
        for (int at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 1)) {
            codes++;
        }
        return (text.length() - codes * CODE_LENGTH) / BYTES_PER_TOKEN + codes * TOKENS_PER_CODE;
    }
}
