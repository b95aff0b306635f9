package dev.lion.guide;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Teacher;
import dev.lion.role.UnusableRoleException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

// region adapter
/** Asks a service of ours that takes an instruction as text and replies with the answer. */
final class ServiceTeacher implements Teacher {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    ServiceTeacher(URI service) {
        this.service = service;
    }

    @Override
    public Response answer(Instruction instruction) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service)
                .POST(BodyPublishers.ofString(instruction.fullText())) // text and input
                .build();
        HttpResponse<String> reply = send(request);
        int status = reply.statusCode();
        if (status == 429 || status >= 500) { // may pass: the loop tries again
            throw new RetryableRoleException(service + " replied with status " + status);
        }
        if (status == 401 || status == 403) { // concerns every call: the run ends here, and can be continued
            throw new UnusableRoleException(service + " refuses the key; check it");
        }
        if (status != 200) { // will not pass: the loop sets this instruction aside
            throw new IllegalStateException(service + " replied with status " + status);
        }
        return Response.of(reply.body());
    }

    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString()); // an interrupt ends it
        } catch (IOException e) {
            throw new RetryableRoleException(service + " did not reply; check that it runs", e);
        }
    }
}
// endregion
