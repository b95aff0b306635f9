package dev.lion.teacher.chat;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;

/** Lets every reply's headers be seen, and its body pass under guard. For any thread. */
final class ReplyWatch {
    private final ProviderLimits limits;
    private final long mostBytes;

    ReplyWatch(ProviderLimits limits, long mostBytes) {
        this.limits = limits;
        this.mostBytes = mostBytes;
    }

    <T> BodyHandler<T> around(BodyHandler<T> handler) {
        return info -> {
            limits.observe(info.statusCode(), info.headers().map());
            boolean success = info.statusCode() / 100 == 2;
            return new GuardedBody<>(handler.apply(info), mostBytes, success, success && isText(info));
        };
    }

    /** Whether the clients of chat models will read the body as UTF-8: JSON, events, or something that does not say. */
    private static boolean isText(ResponseInfo info) {
        String type = info.headers().firstValue("content-type").orElse("text").toLowerCase(Locale.ROOT);
        return type.contains("json") || type.startsWith("text");
    }
}
