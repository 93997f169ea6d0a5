package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;
import static io.dimat.conf.ConfigKey.named;

import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import java.util.List;

/** The network that every agent trains. */
final class NetworkKeys {
  static final ConfigKey<String> NAME =
      named(
          "network.name",
          Zoo.names(),
          "cnn",
          "network that every agent trains",
          c -> c.network().name());
  static final ConfigKey<Integer> WIDTH =
      counted(
          "network.width",
          IntegerType.between(1, 64),
          1,
          "factor on the number of hidden units",
          c -> c.network().width());
  static final ConfigKey<Shortcut> SHORTCUT =
      choice(
          "network.shortcut",
          Shortcut.CONV3X3,
          "shortcut of resnet20 where the channels change (conv3x3: the paper's code)",
          c -> c.network().shortcut());

  static final List<ConfigKey<?>> ALL = List.of(NAME, WIDTH, SHORTCUT);

  private NetworkKeys() {}
}
