package io.dimat.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One driver per output folder: a small file that names its holder and is renewed while it works.
 *
 * <p>A lease is free when there is none, when its holder was a process of this host that has ended,
 * or when it was not renewed for {@link #EXPIRY}. On stores without atomic create-if-absent two
 * drivers that start in the same instant can both believe they hold it: best effort there.
 */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  static final Duration EXPIRY = Duration.ofSeconds(90);
  static final Duration RENEWAL = Duration.ofSeconds(15);
  private static final String FILE = "_LEASE.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the file says. */
  record Holder(String id, String host, long pid, String started, String renewed) {
    /** Refuses what no driver writes, so that a damaged file holds nothing. */
    Holder {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(host, "host");
      Objects.requireNonNull(started, "started");
      Instant.parse(renewed);
    }
  }

  private final RunFolder folder;
  private final Clock clock;
  private final Holder holder;
  private final CountDownLatch released = new CountDownLatch(1);
  private final Thread renewer;

  private Lease(RunFolder folder, Clock clock, Holder holder) {
    this.folder = folder;
    this.clock = clock;
    this.holder = holder;
    this.renewer = new Thread(this::renewWhileHeld, "dimat-lease");
    this.renewer.setDaemon(true);
  }

  /**
   * Claims the folder.
   *
   * @throws FolderInUseException if another driver holds it, saying which and what to do
   */
  public static Lease claim(RunFolder folder, Clock clock) {
    Optional<Holder> other = folder.readText(FILE).flatMap(Lease::parse);
    if (other.isPresent() && isAlive(other.get(), clock)) {
      Holder h = other.get();
      throw new FolderInUseException(
          "%s is in use by process %d on %s (renewed %s); wait for it, or delete %s if it is gone"
              .formatted(folder.location(), h.pid(), h.host(), h.renewed(), folder.path(FILE)));
    }
    folder.delete(FILE);
    Holder mine =
        new Holder(
            UUID.randomUUID().toString().substring(0, 8),
            host(),
            ProcessHandle.current().pid(),
            started(ProcessHandle.current()),
            clock.instant().toString());
    folder.create(FILE, text(mine).getBytes(StandardCharsets.UTF_8));
    Lease lease = new Lease(folder, clock, mine);
    lease.renewer.start();
    return lease;
  }

  /** Unique among all claims of all folders: tells this driver's attempts from earlier ones. */
  public String id() {
    return holder.id();
  }

  @Override
  public void close() {
    released.countDown();
    try {
      renewer.join(RENEWAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (isHeld()) {
      folder.delete(FILE);
    }
  }

  private void renewWhileHeld() {
    try {
      while (!released.await(RENEWAL.toSeconds(), TimeUnit.SECONDS)) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    try {
      if (isHeld()) {
        folder.replaceText(
            FILE,
            text(
                new Holder(
                    holder.id(),
                    holder.host(),
                    holder.pid(),
                    holder.started(),
                    clock.instant().toString())));
      }
    } catch (StorageException e) {
      LOG.warn("lease not renewed, will try again in {}", RENEWAL, e);
    }
  }

  private boolean isHeld() {
    return folder
        .readText(FILE)
        .flatMap(Lease::parse)
        .filter(h -> h.id().equals(holder.id()))
        .isPresent();
  }

  /**
   * Checks that nobody has taken the folder over, for example while this process was suspended.
   *
   * @throws StorageException if somebody has: this driver must not write any more
   */
  public void requireHeld() {
    Optional<Holder> other = folder.readText(FILE).flatMap(Lease::parse);
    if (other.isPresent() && !other.get().id().equals(holder.id())) {
      throw new StorageException(
          "%s was taken over by process %d on %s; this one stops"
              .formatted(folder.location(), other.get().pid(), other.get().host()));
    }
  }

  private static boolean isAlive(Holder other, Clock clock) {
    if (other.host().equals(host())) {
      return ProcessHandle.of(other.pid())
          .filter(ProcessHandle::isAlive)
          .map(process -> started(process).equals(other.started()))
          .orElse(false);
    }
    return Instant.parse(other.renewed()).plus(EXPIRY).isAfter(clock.instant());
  }

  /** When a process began, to tell it from a later one of the same number; empty if unknown. */
  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static Optional<Holder> parse(String text) {
    try {
      return Optional.of(JSON.readValue(text, Holder.class));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // cut off while it was written: nobody holds it
    }
  }

  private static String text(Holder holder) {
    try {
      return JSON.writeValueAsString(holder);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a lease is always JSON", e);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown-host";
    }
  }
}
