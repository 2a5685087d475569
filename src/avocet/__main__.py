from avocet.cli import main

main()
