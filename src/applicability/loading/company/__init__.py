"""How registers write what a company is and where it stands; profiles may write it so too."""
