package dev.lion.teacher.chat;

import static dev.lion.teacher.chat.CountingModel.reply;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.lion.data.JsonLinesWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * How many replies a second the cache keeps and gives back, a recording and, for comparison, a plain file takes: requests of about 2 KB,
 * replies of about 1 KB, one thread. Counted are seconds of the processor, so that other programs do not matter. Run it from an IDE, or with the class path of the tests and
 *
 * <pre>java -cp … dev.lion.teacher.chat.CacheThroughput 20000</pre>
 */
final class CacheThroughput {
    private CacheThroughput() {}

    public static void main(String[] args) throws IOException {
        int replies = args.length == 0 ? 20_000 : Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("cache-throughput");
        Path file = folder.resolve("cache.db");
        String text = "The answer goes on for a while. ".repeat(32);
        var model = new CountingModel(request -> reply(text));
        double appended;
        try (var plain = JsonLinesWriter.open(folder.resolve("plain.jsonl"))) {
            appended = rate(replies, i -> append(plain, text));
            System.out.printf(Locale.ROOT, "plain append      %,9.0f a second%n", appended);
        }
        try (var recording = RecordingChatModel.open(model, folder.resolve("calls.jsonl"))) {
            double recorded = rate(replies, i -> recording.chat(request(i)));
            System.out.printf(
                    Locale.ROOT,
                    "recorded          %,9.0f a second, %.2f of plain append%n",
                    recorded,
                    recorded / appended);
        }
        try (var cache = CachingChatModel.open(model, file)) {
            System.out.printf(
                    Locale.ROOT,
                    "asked without     %,9.0f a second (the model is a lambda expression)%n",
                    rate(replies, i -> model.chat(request(i))));
            double kept = rate(replies, i -> cache.chat(request(i)));
            double hits = rate(replies, i -> cache.chat(request(i)));
            System.out.printf(
                    Locale.ROOT, "kept              %,9.0f a second, %.2f of plain append%n", kept, kept / appended);
            System.out.printf(
                    Locale.ROOT, "hits              %,9.0f a second, %.2f of plain append%n", hits, hits / appended);
            System.out.println(cache.statistics());
        }
        long begun = System.nanoTime();
        CachingChatModel.open(model, file).close();
        System.out.printf(
                Locale.ROOT,
                "opened again in %.0f ms, %,d bytes a reply%n",
                (System.nanoTime() - begun) / 1e6,
                Files.size(file) / replies);
    }

    private static void append(JsonLinesWriter plain, String text) {
        try {
            plain.append("{\"text\":\"" + text + "\"}");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double rate(int times, IntConsumer step) {
        var thread = ManagementFactory.getThreadMXBean();
        long begun = thread.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            step.accept(i);
        }
        return times / ((thread.getCurrentThreadCpuTime() - begun) / 1e9);
    }

    private static ChatRequest request(int number) {
        return ChatRequest.builder()
                .messages(
                        SystemMessage.from("You compare two answers. ".repeat(40)),
                        UserMessage.from("Question " + number + " with two answers. ".repeat(55)))
                .temperature(0.2)
                .maxOutputTokens(512)
                .build();
    }
}
