package io.dimat.protocol;

/** What a stream of random numbers is for; streams of different purposes are unrelated. */
public enum Purpose {
  INITIALISE,
  SHUFFLE,
  AUGMENT,
  PROBE,
  FEATURE,
  COMPRESS,
  MESSAGE_LOSS
}
