from mulian.cli import main

raise SystemExit(main())
