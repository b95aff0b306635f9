package dev.lion.student;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.gguf.GgufFile;
import dev.lion.student.gguf.GgufType;
import dev.lion.student.prompt.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes small students as GGUF files for {@code src/test/llama.cpp/check.sh}: one of each family and each kind of tokenizer,
 * with what lion makes of texts, conversations and prompts in {@code expected.json}.
 */
public final class GgufStudents {
    private static final int PROMPTS = 20;
    private static final int TOKENS = 12;

    /** By how much the likeliest token's logit must exceed the next one's: llama.cpp keeps keys and values in binary16. */
    private static final double LEAD = 0.02;

    private static final List<String> SUBJECTS = List.of(
            "the lion",
            "a zebra",
            "water",
            "3 apples",
            "12,345",
            "Größe",
            "the tokenizer",
            "an old tale",
            "nobody",
            "the (last) word",
            "a\nnew line",
            "x = y + 1");

    private GgufStudents() {}

    /** Writes into the folder that the argument names. */
    public static void main(String[] arguments) throws IOException {
        for (TinyFolders kind : TinyFolders.values()) {
            Path folder = Files.createDirectories(Path.of(arguments[0], kind.folderName()));
            Path source = Files.createDirectories(Path.of(arguments[0], "sources", kind.folderName()));
            kind.write(source);
            try (var student = DjlStudent.builder()
                    .checkpoint(source)
                    .precision(Precision.FLOAT32)
                    .threads(1)
                    .build()) {
                Fidelity fidelity = student.exportGguf(folder, kind.folderName(), GgufType.F32);
                JsonFile.write(
                        folder.resolve("expected.json"),
                        expected(student.model(), GgufFile.open(folder.resolve(kind.folderName() + "-F32.gguf"))));
                System.out.println(kind.folderName() + ": " + fidelity);
            }
        }
    }

    private static ObjectNode expected(StudentModel student, GgufFile written) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("addsBos", written.model().vocabulary().steering().addsBos());
        json.put("architecture", written.model().config().family().modelType());
        json.put("bosToken", student.tokenizer().namedTokens().getOrDefault("bos_token", ""));
        json.put("eosToken", student.tokenizer().namedTokens().getOrDefault("eos_token", ""));
        boolean afterToken = student.encoder().beginning().isPresent();
        ArrayNode texts = json.putArray("texts");
        for (String text : FixedTexts.TEXTS) {
            int[] tokens = afterToken
                    ? student.tokenizer().encodeAfterToken(text)
                    : student.tokenizer().encode(text);
            texts.addObject().put("text", text).set("tokens", array(tokens));
        }
        ArrayNode conversations = json.putArray("conversations");
        FixedTexts.CONVERSATIONS.forEach(messages -> conversations.add(conversation(student, messages)));
        ArrayNode answers = json.putArray("answers");
        IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> answer(student, number))
                .flatMap(Optional::stream)
                .limit(PROMPTS)
                .forEach(answers::add);
        return json;
    }

    private static ObjectNode conversation(StudentModel student, List<Message> messages) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("messages");
        messages.forEach(
                message -> list.addObject().put("role", message.role().key()).put("content", message.content()));
        json.put("text", student.encoder().text(messages));
        json.set("tokens", array(new Wording(student.tokenizer(), student.encoder()).prompt(messages)));
        return json;
    }

    /** A question and what the student answers; empty where two tokens are nearly as likely as each other. */
    private static Optional<ObjectNode> answer(StudentModel student, int number) {
        String question = SUBJECTS.get(number % SUBJECTS.size()) + ", number " + number + "?";
        int[] prompt = student.encoder().prompt(List.of(), Message.user(question));
        var answer = greedy(student.weights(), prompt);
        return answer.map(tokens -> {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("text", student.encoder().text(List.of(Message.user(question))));
            json.set("tokens", array(prompt));
            json.set("answer", array(tokens));
            return json;
        });
    }

    private static Optional<int[]> greedy(DecoderModel model, int[] prompt) {
        int[] tokens = Arrays.copyOf(prompt, prompt.length + TOKENS);
        for (int place = prompt.length; place < tokens.length; place++) {
            float[] logits = model.logits(Arrays.copyOf(tokens, place))[place - 1];
            int[] best = IntStream.range(0, logits.length)
                    .boxed()
                    .sorted(Comparator.comparing(token -> -logits[token]))
                    .limit(2)
                    .mapToInt(Integer::intValue)
                    .toArray();
            if (logits[best[0]] - logits[best[1]] < LEAD) {
                return Optional.empty();
            }
            tokens[place] = best[0];
        }
        return Optional.of(Arrays.copyOfRange(tokens, prompt.length, tokens.length));
    }

    private static ArrayNode array(int... tokens) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(tokens).forEach(array::add);
        return array;
    }
}
